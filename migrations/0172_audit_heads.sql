-- Where each tenant's audit trail stood, signed every hour it moved: whoever cuts off the trail's end cannot sign a shorter one.

create table audit_heads (
    tenant_id uuid not null references tenants,
    sequence bigint not null check (sequence > 0),
    -- The last entry's own hash.
    hash text not null check (hash ~ '^[0-9a-f]{64}$'),
    -- The hash of the last entry under the head before, so that heads form a chain too; zeros under the first.
    previous text not null check (previous ~ '^[0-9a-f]{64}$'),
    signed_at timestamptz not null,
    key_id uuid not null,
    fingerprint text not null,
    signature text not null,
    primary key (tenant_id, sequence),
    foreign key (tenant_id, key_id) references signing_keys (tenant_id, id)
);
select protect_tenant_table('audit_heads');
grant select, insert on audit_heads to tradesense_app;

-- What the newest check of the whole trail found; what is wrong stands here until a check finds nothing.
create table audit_checks (
    tenant_id uuid not null references tenants,
    checked_at timestamptz not null,
    entries bigint not null,
    trouble text,
    primary key (tenant_id)
);
select protect_tenant_table('audit_checks');
grant select, insert, update on audit_checks to tradesense_app;
