-- Trading accounts, what the engine made of them, and the engine's own state. The application opens accounts and reads;
-- everything the engine decides is written by the engine's role alone.

create table trading_accounts (
    tenant_id uuid not null references tenants,
    id uuid not null,
    user_id uuid not null,
    challenge_id uuid not null,
    number bigint not null,
    phase_index int not null,
    phase_name text not null,
    status text not null check (status in ('Opening', 'Active', 'Paused', 'Failed', 'Passed', 'Closed')),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    terms jsonb not null,
    created_at timestamptz not null,
    -- Spreads accounts over shards: shard = shard_key modulo the number of shards.
    shard_key int not null check (shard_key between 0 and 16383),
    -- An engine that runs apart (a demo's past, a replay) holds its accounts itself until it hands them over.
    shard_apart int,
    -- The engine settles accounts in the order they were opened; null until it has opened this one.
    opening bigint,
    opened_at timestamptz,
    balance numeric not null,
    trading_day date,
    daily_anchor numeric,
    daily_floor numeric,
    peak numeric,
    overall_floor numeric,
    floor_lifted boolean not null default false,
    day_start_balance numeric,
    trading_days int not null default 0,
    traded_today boolean not null default false,
    best_day_profit numeric not null default 0,
    paid_out numeric not null default 0,
    last_activity_at timestamptz,
    last_position_number int not null default 0,
    breach jsonb,
    ended_at timestamptz,
    journal_length bigint not null default 0,
    journal_head bytea not null default decode(repeat('00', 32), 'hex'),
    primary key (tenant_id, id),
    unique (tenant_id, number),
    foreign key (tenant_id, user_id) references users (tenant_id, id)
) with (fillfactor = 80);
create index trading_accounts_by_user on trading_accounts (tenant_id, user_id, created_at desc);
create index trading_accounts_by_challenge on trading_accounts (tenant_id, challenge_id, phase_index);
create index trading_accounts_by_status on trading_accounts (tenant_id, status, created_at desc);
create index trading_accounts_by_id on trading_accounts (id);
select protect_tenant_table('trading_accounts');
select open_to_engine('trading_accounts');
grant select, insert on trading_accounts to tradesense_app;
grant select, update on trading_accounts to tradesense_engine;

create table positions (
    tenant_id uuid not null references tenants,
    account_id uuid not null,
    number int not null,
    symbol text not null,
    side text not null check (side in ('Buy', 'Sell')),
    lots numeric not null check (lots > 0),
    open_price numeric not null,
    opened_at timestamptz not null,
    stop_loss numeric,
    take_profit numeric,
    commission_paid numeric not null,
    swap_paid numeric not null,
    order_id text not null,
    primary key (tenant_id, account_id, number),
    foreign key (tenant_id, account_id) references trading_accounts (tenant_id, id)
) with (fillfactor = 80);
create index positions_by_symbol on positions (tenant_id, symbol);
select protect_tenant_table('positions');
select open_to_engine('positions');
grant select on positions to tradesense_app;
grant select, insert, update, delete on positions to tradesense_engine;

-- Closed deals: one row for each close, whole or partial. Net = profit − commission + swap.
create table trades (
    tenant_id uuid not null references tenants,
    id uuid not null,
    account_id uuid not null,
    user_id uuid not null,
    position int not null,
    symbol text not null,
    side text not null check (side in ('Buy', 'Sell')),
    lots numeric not null,
    open_price numeric not null,
    opened_at timestamptz not null,
    close_price numeric not null,
    closed_at timestamptz not null,
    profit numeric not null,
    commission numeric not null,
    swap numeric not null,
    balance numeric not null,
    trading_day date not null,
    reason text not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, account_id) references trading_accounts (tenant_id, id)
);
create index trades_by_account on trades (tenant_id, account_id, closed_at desc, id desc);
create index trades_by_close on trades (tenant_id, closed_at desc);
select protect_tenant_table('trades');
select open_to_engine('trades');
grant select on trades to tradesense_app;
grant select, insert on trades to tradesense_engine;

-- Everything that happened to an account, hash-chained: hash = SHA-256(previous hash ‖ account ‖ sequence ‖ kind ‖ body). Nobody changes a row.
create table journal_entries (
    tenant_id uuid not null references tenants,
    account_id uuid not null,
    sequence bigint not null,
    at timestamptz not null,
    kind text not null,
    body text not null,
    hash bytea not null,
    primary key (tenant_id, account_id, sequence),
    foreign key (tenant_id, account_id) references trading_accounts (tenant_id, id)
);
select protect_tenant_table('journal_entries');
select open_to_engine('journal_entries');
grant select on journal_entries to tradesense_app;
grant select, insert on journal_entries to tradesense_engine;

-- The first outcome of every client id: the same id with the same content gets it again, with other content it is refused.
create table trading_commands (
    tenant_id uuid not null references tenants,
    account_id uuid not null,
    client_id text not null,
    content_hash bytea not null,
    at timestamptz not null,
    refused text,
    first_entry bigint not null,
    entries int not null,
    primary key (tenant_id, account_id, client_id),
    foreign key (tenant_id, account_id) references trading_accounts (tenant_id, id)
);
select protect_tenant_table('trading_commands');
select open_to_engine('trading_commands');
grant select on trading_commands to tradesense_app;
grant select, insert on trading_commands to tradesense_engine;

-- One row for each account and trading day it lived to see the start of.
create table day_snapshots (
    tenant_id uuid not null references tenants,
    account_id uuid not null,
    day date not null,
    at timestamptz not null,
    previous_day date not null,
    balance numeric not null,
    equity numeric not null,
    previous_profit numeric not null,
    traded_previous_day boolean not null,
    anchor numeric not null,
    daily_floor numeric,
    peak numeric not null,
    overall_floor numeric,
    primary key (tenant_id, account_id, day),
    foreign key (tenant_id, account_id) references trading_accounts (tenant_id, id)
);
create index day_snapshots_by_day on day_snapshots (tenant_id, day);
select protect_tenant_table('day_snapshots');
select open_to_engine('day_snapshots');
grant select on day_snapshots to tradesense_app;
grant select, insert on day_snapshots to tradesense_engine;

-- Points of the equity curve: each minute while positions are open.
create table equity_samples (
    tenant_id uuid not null references tenants,
    account_id uuid not null,
    at timestamptz not null,
    balance numeric not null,
    equity numeric not null,
    daily_floor numeric,
    overall_floor numeric,
    primary key (tenant_id, account_id, at),
    foreign key (tenant_id, account_id) references trading_accounts (tenant_id, id)
);
select protect_tenant_table('equity_samples');
select open_to_engine('equity_samples');
grant select on equity_samples to tradesense_app;
grant select, insert on equity_samples to tradesense_engine;

-- The receipt of a verdict. The quotes around it are attached a minute later, when there are such.
create table breaches (
    tenant_id uuid not null references tenants,
    id uuid not null,
    account_id uuid not null,
    challenge_id uuid not null,
    user_id uuid not null,
    rule text not null check (rule in ('DailyLoss', 'OverallLoss')),
    effect text not null check (effect in ('Fail', 'Pause')),
    floor numeric not null,
    equity numeric not null,
    at timestamptz not null,
    terms_hash text not null,
    journal_sequence bigint not null,
    evidence text not null,
    build_version text not null,
    quotes bytea,
    completed_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, account_id) references trading_accounts (tenant_id, id)
);
create index breaches_by_account on breaches (tenant_id, account_id, at);
create index breaches_by_time on breaches (tenant_id, at desc);
create index breaches_incomplete on breaches (at) where completed_at is null;
select protect_tenant_table('breaches');
select open_to_engine('breaches');
grant select on breaches to tradesense_app;
grant select, insert on breaches to tradesense_engine;
grant update (quotes, completed_at) on breaches to tradesense_engine;

-- Which process runs a shard. The epoch grows with each owner and is checked in every commit, so a process that lost the shard writes no more.
create table engine_shards (
    shard int primary key,
    owner text not null,
    epoch bigint not null,
    leased_until timestamptz not null,
    engine_now timestamptz,
    commits bigint not null default 0,
    -- Set when accounts were handed to this shard: its owner reads its state again after the next commit.
    must_reload boolean not null default false
);
grant select, insert, update on engine_shards to tradesense_engine;
grant select on engine_shards to tradesense_app, tradesense_audit;

-- The quotes a shard's durable state was reached with: with them and the accounts an engine goes on exactly where the last commit left it.
create table shard_quotes (
    shard int not null references engine_shards,
    symbol text not null,
    at timestamptz not null,
    bid numeric not null,
    ask numeric not null,
    primary key (shard, symbol)
) with (fillfactor = 50);
grant select, insert, update on shard_quotes to tradesense_engine;
grant select on shard_quotes to tradesense_app, tradesense_audit;

-- Part of every commit: fails when the epoch is no longer the owner's, extends the lease, tells whether the state must be read again.
create function hold_shard(number int, held_epoch bigint, reached timestamptz, lease interval) returns boolean language plpgsql as
$$
declare reload boolean;
begin
    update engine_shards set engine_now = coalesce(reached, engine_now), commits = commits + 1, leased_until = clock_timestamp() + lease
    where shard = number and epoch = held_epoch
    returning must_reload into reload;
    if not found then
        raise exception 'shard % is no longer held in epoch %', number, held_epoch using errcode = 'TS001';
    end if;
    return reload;
end
$$;

-- Takes a shard whose lease has run out, or which nobody ever held; null while somebody holds it.
create function take_shard(number int, new_owner text, lease interval) returns bigint language plpgsql as
$$
declare held bigint;
begin
    insert into engine_shards (shard, owner, epoch, leased_until) values (number, '', 0, '-infinity') on conflict (shard) do nothing;
    update engine_shards set owner = new_owner, epoch = epoch + 1, leased_until = clock_timestamp() + lease, must_reload = false
    where shard = number and leased_until < clock_timestamp()
    returning epoch into held;
    return held;
end
$$;
