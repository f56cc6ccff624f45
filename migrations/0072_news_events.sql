-- Listed events that news rules refer to: one list for all firms, which the engine reads with its state and is told when it changes.

create table news_events (
    at timestamptz not null,
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    title text not null check (length(title) <= 200),
    primary key (at, currency, title)
);
grant select, insert, delete on news_events to tradesense_app;
grant select on news_events to tradesense_engine, tradesense_audit;
