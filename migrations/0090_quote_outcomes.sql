-- How many quotes of each symbol were accepted, or refused for which reason, by hour: the history behind the health page's thresholds.
create table quote_outcomes (
    symbol text not null,
    hour timestamptz not null check (hour = date_trunc('hour', hour, 'UTC')),
    outcome text not null,
    quotes bigint not null check (quotes > 0),
    primary key (symbol, hour, outcome)
) with (fillfactor = 70);
create index quote_outcomes_by_hour on quote_outcomes (hour);
grant select, insert, update on quote_outcomes to tradesense_engine;
grant select on quote_outcomes to tradesense_app, tradesense_audit;
