-- What firms sell (models and their immutable versions), what traders bought (challenges and their phases), contracts and certificates.

create table challenge_models (
    tenant_id uuid not null references tenants,
    id uuid not null,
    slug text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
    name text not null,
    status text not null check (status in ('Offered', 'Retired')),
    rank int not null,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, slug)
);
select protect_tenant_table('challenge_models');
grant select, insert, update on challenge_models to tradesense_app;

-- Nobody changes or deletes a version: accounts keep the terms they were bought under.
create table model_versions (
    tenant_id uuid not null references tenants,
    id uuid not null,
    model_id uuid not null,
    number int not null check (number > 0),
    definition_json text not null,
    hash text not null check (hash ~ '^[0-9a-f]{64}$'),
    published_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, model_id, number),
    foreign key (tenant_id, model_id) references challenge_models (tenant_id, id)
);
select protect_tenant_table('model_versions');
grant select, insert on model_versions to tradesense_app;

create table challenges (
    tenant_id uuid not null references tenants,
    id uuid not null,
    user_id uuid not null,
    model_version_id uuid not null,
    order_id uuid not null,
    size numeric not null check (size > 0 and size < 1e12),
    status text not null check (status in ('Evaluation', 'PendingKyc', 'PendingContract', 'Funded', 'Failed', 'Expired')),
    phase_index int not null check (phase_index >= 0),
    started_at timestamptz not null,
    ended_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, order_id),
    foreign key (tenant_id, user_id) references users (tenant_id, id),
    foreign key (tenant_id, model_version_id) references model_versions (tenant_id, id)
);
create index challenges_by_user on challenges (tenant_id, user_id, started_at desc);
create index challenges_by_version on challenges (tenant_id, model_version_id);
select protect_tenant_table('challenges');
grant select, insert, update on challenges to tradesense_app;

-- One row for each account a challenge was given; the id is the trading account's.
create table challenge_phases (
    tenant_id uuid not null references tenants,
    id uuid not null,
    challenge_id uuid not null,
    phase_index int not null check (phase_index >= 0),
    name text not null,
    outcome text not null check (outcome in ('Running', 'Passed', 'Failed', 'Expired')),
    opened_at timestamptz not null,
    ended_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, challenge_id, phase_index),
    foreign key (tenant_id, challenge_id) references challenges (tenant_id, id)
);
create index challenge_phases_running on challenge_phases (tenant_id, opened_at) where outcome = 'Running';
select protect_tenant_table('challenge_phases');
grant select, insert, update on challenge_phases to tradesense_app;

create table contracts (
    tenant_id uuid not null references tenants,
    id uuid not null,
    challenge_id uuid not null,
    user_id uuid not null,
    text text not null,
    text_hash text not null check (text_hash ~ '^[0-9a-f]{64}$'),
    model_hash text not null check (model_hash ~ '^[0-9a-f]{64}$'),
    signed_name text not null,
    signed_at timestamptz not null,
    address text,
    primary key (tenant_id, id),
    unique (tenant_id, challenge_id),
    foreign key (tenant_id, challenge_id) references challenges (tenant_id, id),
    foreign key (tenant_id, user_id) references users (tenant_id, id)
);
select protect_tenant_table('contracts');
grant select, insert on contracts to tradesense_app;

create table certificates (
    tenant_id uuid not null references tenants,
    id uuid not null,
    challenge_id uuid not null,
    user_id uuid not null,
    phase_index int not null,
    holder text not null,
    model_name text not null,
    phase_name text not null,
    model_hash text not null check (model_hash ~ '^[0-9a-f]{64}$'),
    size numeric not null check (size > 0 and size < 1e12),
    final_balance numeric not null check (final_balance > 0 and final_balance < 1e15),
    trading_days int not null,
    earned_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, challenge_id, phase_index),
    foreign key (tenant_id, challenge_id) references challenges (tenant_id, id),
    foreign key (tenant_id, user_id) references users (tenant_id, id)
);
select protect_tenant_table('certificates');
grant select, insert on certificates to tradesense_app;
