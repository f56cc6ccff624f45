-- Tenants, the guards every tenant-owned table gets, and the plumbing all modules use.

create function app_tenant() returns uuid language sql stable as
$$ select nullif(current_setting('app.tenant_id', true), '')::uuid $$;

-- The one way a tenant-owned table is protected: forced row-level security, the application sees its tenant only, the auditor reads all.
create function protect_tenant_table(target regclass) returns void language plpgsql as
$$
begin
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('create policy tenant on %s to tradesense_app using (tenant_id = (select app_tenant())) with check (tenant_id = (select app_tenant()))', target);
    execute format('create policy auditor on %s for select to tradesense_audit using (true)', target);
    execute format('grant select on %s to tradesense_audit', target);
end
$$;

-- The engine serves the accounts of all tenants; only trading tables are opened to it.
create function open_to_engine(target regclass) returns void language plpgsql as
$$
begin
    execute format('create policy engine on %s to tradesense_engine using (true) with check (true)', target);
end
$$;

grant usage on schema public to tradesense_app, tradesense_engine, tradesense_audit;

-- The directory of brands: read before any tenant is known, so it is not tenant-owned itself.
create table tenants (
    id uuid primary key,
    slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,40}$'),
    name text not null,
    kind text not null check (kind in ('Brand', 'Platform')),
    status text not null check (status in ('Active', 'Suspended')),
    culture text not null,
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    day_time_zone text not null,
    day_starts_at time not null,
    theme text not null,
    theme_overrides jsonb not null default '{}',
    texts jsonb not null default '{}',
    prohibited_countries text[] not null default '{}',
    created_at timestamptz not null
);
create table hosts (
    host text primary key check (host = lower(host)),
    tenant uuid not null references tenants,
    rank int not null
);
grant select, insert, update on tenants to tradesense_app;
grant select, insert, update, delete on hosts to tradesense_app;
grant select on tenants, hosts to tradesense_engine, tradesense_audit;

-- Every node keeps the directory in memory and reads it again when told.
create function tell_tenants_changed() returns trigger language plpgsql as
$$ begin perform pg_notify('tenants', ''); return null; end $$;
create trigger tenants_changed after insert or update or delete on tenants for each statement execute function tell_tenants_changed();
create trigger hosts_changed after insert or update or delete on hosts for each statement execute function tell_tenants_changed();

-- What people and the system did, hash-chained per tenant; nobody changes a row.
create table audit_entries (
    tenant_id uuid not null references tenants,
    id uuid not null,
    sequence bigint not null,
    at timestamptz not null,
    actor_id uuid,
    actor text not null,
    address text,
    action text not null,
    subject text not null,
    details text not null,
    previous_hash text not null,
    hash text not null,
    primary key (tenant_id, id),
    unique (tenant_id, sequence)
);
select protect_tenant_table('audit_entries');
grant select, insert on audit_entries to tradesense_app;

create table outbox_messages (
    tenant_id uuid not null references tenants,
    id uuid not null,
    kind text not null,
    key text not null,
    payload jsonb not null,
    created_at timestamptz not null,
    due_at timestamptz not null,
    attempts int not null default 0,
    last_error text,
    done_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, kind, key)
);
create index outbox_due on outbox_messages (tenant_id, due_at) where done_at is null;
select protect_tenant_table('outbox_messages');
select open_to_engine('outbox_messages');
grant select, insert, update on outbox_messages to tradesense_app;
grant select, insert on outbox_messages to tradesense_engine;
create function tell_outbox() returns trigger language plpgsql as
$$ begin perform pg_notify('outbox', new.tenant_id::text); return null; end $$;
create trigger outbox_added after insert on outbox_messages for each row execute function tell_outbox();

-- Events from outside, stored before they are answered; the same event has one effect.
create table inbox_messages (
    tenant_id uuid not null references tenants,
    id uuid not null,
    source text not null,
    event_id text not null,
    body bytea not null,
    received_at timestamptz not null,
    times_seen int not null default 1,
    primary key (tenant_id, id),
    unique (tenant_id, source, event_id)
);
select protect_tenant_table('inbox_messages');
grant select, insert, update on inbox_messages to tradesense_app;

-- One data key per subject, wrapped by the tenant's key, which is derived from a master key outside the database.
create table data_keys (
    tenant_id uuid not null references tenants,
    id uuid not null,
    subject text not null,
    wrapped bytea not null,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, subject)
);
select protect_tenant_table('data_keys');
grant select, insert, delete on data_keys to tradesense_app;

-- ASP.NET's key ring for short-lived payloads (cookies, antiforgery), wrapped by the master key.
create table protection_keys (
    id text primary key,
    wrapped bytea not null,
    created_at timestamptz not null
);
grant select, insert on protection_keys to tradesense_app;
