-- Incidents: times in which prices were missing or wrong. The market's are everybody's; each firm has its own record of them, of the accounts they touched
-- and of what was done.

-- Told by the feed's guard or by the platform's staff. Nothing here tells of a firm's business.
create table market_incidents (
    id uuid primary key,
    kind text not null check (kind in ('Outage', 'Spike', 'WrongPrices')),
    symbols text[] not null check (cardinality(symbols) > 0),
    started_at timestamptz not null,
    ended_at timestamptz check (ended_at >= started_at),
    reason text not null check (length(reason) between 1 and 1000),
    declared_by text not null,
    declared_at timestamptz not null,
    -- What it grew to last: a spike that returns within minutes is the same incident.
    last_seen_at timestamptz not null
) with (fillfactor = 70);
create index market_incidents_open on market_incidents (kind) where ended_at is null;
create index market_incidents_by_time on market_incidents (started_at desc);
grant select, insert, update on market_incidents to tradesense_app;
grant select on market_incidents to tradesense_engine, tradesense_audit;

-- What the firm promises to do, declared before anything happens.
create table incident_remedies (
    tenant_id uuid not null references tenants,
    kind text not null check (kind in ('Outage', 'Spike', 'WrongPrices')),
    remedy text not null check (remedy in ('None', 'PauseClocks', 'Reinstate', 'Credit')),
    changed_at timestamptz not null,
    primary key (tenant_id, kind)
);
select protect_tenant_table('incident_remedies');
grant select, insert, update on incident_remedies to tradesense_app;

create table incidents (
    tenant_id uuid not null references tenants,
    id uuid not null,
    -- Null when the firm's own staff declared it.
    market_incident uuid references market_incidents,
    kind text not null check (kind in ('Outage', 'Spike', 'WrongPrices')),
    symbols text[] not null check (cardinality(symbols) > 0),
    started_at timestamptz not null,
    ended_at timestamptz check (ended_at >= started_at),
    reason text not null check (length(reason) between 1 and 1000),
    -- The promise as it stood when the incident was recorded.
    remedy text not null check (remedy in ('None', 'PauseClocks', 'Reinstate', 'Credit')),
    declared_by text not null,
    declared_at timestamptz not null,
    assessed_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, market_incident)
);
create index incidents_by_time on incidents (tenant_id, started_at desc);
create index incidents_unassessed on incidents (tenant_id, started_at) where assessed_at is null;
select protect_tenant_table('incidents');
grant select, insert, update on incidents to tradesense_app;

-- The accounts an incident touched, each with what the firm decides and does. Nobody else sees it.
create table incident_accounts (
    tenant_id uuid not null references tenants,
    id uuid not null,
    incident_id uuid not null,
    account_id uuid not null,
    user_id uuid not null,
    touch text not null check (touch in ('Verdict', 'Traded', 'Held', 'Refused')),
    -- The verdict that rests only on quotes of the incident: provisional until somebody decides.
    receipt_id uuid,
    -- Equity at the last sound prices, where the incident decided a verdict.
    sound_equity numeric,
    remedy text not null check (remedy in ('None', 'PauseClocks', 'Reinstate', 'Credit')),
    status text not null check (status in ('Noted', 'UnderReview', 'Proposed', 'Confirmed', 'Done', 'Stands', 'Refused')),
    -- The balance to go on with, or the credit.
    amount numeric check (amount >= 0 and amount < 1e15),
    words text,
    proposed_by uuid,
    proposed_at timestamptz,
    decided_by uuid,
    decided_at timestamptz,
    done_at timestamptz,
    -- The engine's code, when it would not do it.
    failure text,
    primary key (tenant_id, id),
    unique (tenant_id, incident_id, account_id),
    foreign key (tenant_id, incident_id) references incidents (tenant_id, id),
    foreign key (tenant_id, account_id) references trading_accounts (tenant_id, id),
    foreign key (tenant_id, receipt_id) references breaches (tenant_id, id),
    foreign key (tenant_id, user_id) references users (tenant_id, id),
    foreign key (tenant_id, proposed_by) references users (tenant_id, id),
    foreign key (tenant_id, decided_by) references users (tenant_id, id),
    -- Money and verdicts take two people, whatever a program says.
    check (status not in ('Confirmed') or remedy not in ('Reinstate', 'Credit') or (proposed_by is not null and decided_by is not null and proposed_by <> decided_by)),
    check (status <> 'Done' or remedy not in ('Reinstate', 'Credit') or (proposed_by is not null and decided_by is not null and proposed_by <> decided_by)),
    check (user_id is distinct from proposed_by and user_id is distinct from decided_by)
);
create index incident_accounts_by_account on incident_accounts (tenant_id, account_id);
create index incident_accounts_open on incident_accounts (tenant_id, status) where status in ('UnderReview', 'Proposed');
select protect_tenant_table('incident_accounts');
grant select, insert, update on incident_accounts to tradesense_app;

-- Time that counts against nobody: a time limit and an inactivity limit end so much later.
create table clock_pauses (
    tenant_id uuid not null references tenants,
    account_id uuid not null,
    incident_id uuid not null,
    started_at timestamptz not null,
    ended_at timestamptz not null check (ended_at >= started_at),
    primary key (tenant_id, account_id, incident_id),
    foreign key (tenant_id, account_id) references trading_accounts (tenant_id, id),
    foreign key (tenant_id, incident_id) references incidents (tenant_id, id)
);
select protect_tenant_table('clock_pauses');
grant select, insert on clock_pauses to tradesense_app;
