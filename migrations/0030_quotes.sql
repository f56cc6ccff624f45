-- Market data: the same for every tenant, so these tables have no tenant_id and no row-level security. The engine's role writes, the others read.

-- Every accepted quote, packed per symbol and minute: what verdicts are recomputed from. The row of the running minute is written again as it grows.
create table quote_minutes (
    symbol text not null,
    minute timestamptz not null check (minute = date_trunc('minute', minute, 'UTC')),
    quotes int not null check (quotes > 0),
    payload bytea not null,
    primary key (symbol, minute)
) with (fillfactor = 70);
-- The payload is compressed already.
alter table quote_minutes alter column payload set storage external;

-- Bid bars from one minute to one day; seconds is the period's length. Synthetic: made up to lead to the first real quote.
create table bars (
    symbol text not null,
    seconds int not null check (seconds in (60, 300, 900, 1800, 3600, 14400, 86400)),
    opens_at timestamptz not null,
    open numeric not null,
    high numeric not null,
    low numeric not null,
    close numeric not null,
    quotes int not null check (quotes > 0),
    synthetic boolean not null,
    primary key (symbol, seconds, opens_at),
    check (low <= least(open, close) and high >= greatest(open, close))
) with (fillfactor = 90);

-- Where a restart goes on: the last accepted quote of each symbol.
create table last_quotes (
    symbol text primary key,
    at timestamptz not null,
    bid numeric not null check (bid > 0),
    ask numeric not null check (ask >= bid)
) with (fillfactor = 50);

grant select, insert, update on quote_minutes, bars, last_quotes to tradesense_engine;
grant select on quote_minutes, bars, last_quotes to tradesense_app, tradesense_audit;
