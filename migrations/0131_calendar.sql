-- The economic calendar: one list for all brands, kept by the platform. Its important events are what news_events holds, which news rules refer to.

create table calendar_events (
    id uuid primary key,
    -- Where it came from and its name there; an event entered by hand has none.
    source text not null check (length(source) between 1 and 60),
    source_id text check (length(source_id) between 1 and 200),
    at timestamptz not null,
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    title text not null check (length(title) between 1 and 200),
    importance text not null check (importance in ('Low', 'Medium', 'High')),
    forecast text not null check (length(forecast) <= 40),
    previous text not null check (length(previous) <= 40),
    changed_at timestamptz not null,
    unique (at, currency, title)
);
create unique index calendar_events_of_source on calendar_events (source, source_id) where source_id is not null;

-- A file that was read: looked at first, then taken over.
create table calendar_imports (
    id uuid primary key,
    file_name text not null check (length(file_name) between 1 and 200),
    source text not null check (length(source) between 1 and 60),
    rows jsonb not null,
    made_by text not null,
    made_at timestamptz not null,
    applied_at timestamptz,
    added int not null default 0,
    changed int not null default 0
);

grant select, insert, update, delete on calendar_events to tradesense_app;
grant select, insert, update on calendar_imports to tradesense_app;
grant select on calendar_events, calendar_imports to tradesense_audit;
