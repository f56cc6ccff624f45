-- "The same trades under another plan": asked for once for each state of an account and each model version, worked out beside the requests.

create table other_plan_runs (
    tenant_id uuid not null references tenants,
    id uuid not null,
    account_id uuid not null,
    model_version_id uuid not null,
    -- The account's state: the head of its journal when it was asked.
    state text not null check (state ~ '^[0-9a-f]{64}$'),
    journal_length bigint not null,
    until timestamptz not null,
    status text not null check (status in ('Queued', 'Running', 'Done', 'NoQuotes')),
    progress int not null default 0 check (progress between 0 and 100),
    outcome jsonb,
    requested_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, account_id, model_version_id, state),
    foreign key (tenant_id, account_id) references trading_accounts (tenant_id, id),
    foreign key (tenant_id, model_version_id) references model_versions (tenant_id, id),
    check ((status = 'Done') = (outcome is not null))
);
create index other_plan_runs_waiting on other_plan_runs (tenant_id, requested_at) where status in ('Queued', 'Running');
select protect_tenant_table('other_plan_runs');
grant select, insert, update on other_plan_runs to tradesense_app;
