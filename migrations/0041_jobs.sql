-- What the scheduler did, for the platform's health page; and the proof that a trading day was closed once for each tenant.

create table job_runs (
    id uuid primary key,
    tenant uuid not null references tenants,
    job text not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    error text
);
create index job_runs_newest on job_runs (tenant, job, started_at desc);
create index job_runs_by_start on job_runs (started_at);
grant select, insert, update, delete on job_runs to tradesense_app;
grant select on job_runs to tradesense_audit;

create table day_closings (
    tenant_id uuid not null references tenants,
    day date not null,
    time_zone text not null,
    starts_at time not null,
    at timestamptz not null,
    accounts int not null,
    balance numeric not null,
    equity numeric not null,
    primary key (tenant_id, day, time_zone, starts_at)
);
select protect_tenant_table('day_closings');
grant select, insert on day_closings to tradesense_app;
