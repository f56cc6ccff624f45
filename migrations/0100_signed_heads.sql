-- Each brand signs, once a trading day, where the journals of its accounts stand: nobody can rewrite one afterwards without that showing.

create table signing_keys (
    tenant_id uuid not null references tenants,
    id uuid not null,
    -- SubjectPublicKeyInfo of an ECDSA key on P-256; its SHA-256 is the name under which the key is published.
    public_key bytea not null,
    fingerprint text not null check (fingerprint ~ '^[0-9a-f]{64}$'),
    sealed_private bytea not null,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, fingerprint)
);
select protect_tenant_table('signing_keys');
-- A key that signed stays, so that what it signed can be checked for ever.
grant select, insert on signing_keys to tradesense_app;
revoke select on signing_keys from tradesense_audit;
grant select (tenant_id, id, public_key, fingerprint, created_at) on signing_keys to tradesense_audit;

create table journal_heads (
    tenant_id uuid not null references tenants,
    day date not null,
    -- The root of the day before, so that heads form a chain too.
    previous text not null,
    root text not null check (root ~ '^[0-9a-f]{64}$'),
    leaves int not null check (leaves >= 0),
    signed_at timestamptz not null,
    key_id uuid not null,
    fingerprint text not null,
    signature text not null,
    primary key (tenant_id, day),
    foreign key (tenant_id, key_id) references signing_keys (tenant_id, id)
);
select protect_tenant_table('journal_heads');
grant select, insert on journal_heads to tradesense_app;

-- The accounts whose journals moved since the head before, in the order of the tree.
create table journal_head_leaves (
    tenant_id uuid not null references tenants,
    account_id uuid not null,
    sequence bigint not null check (sequence > 0),
    day date not null,
    position int not null check (position >= 0),
    hash text not null check (hash ~ '^[0-9a-f]{64}$'),
    primary key (tenant_id, account_id, sequence),
    unique (tenant_id, day, position),
    foreign key (tenant_id, day) references journal_heads (tenant_id, day),
    foreign key (tenant_id, account_id) references trading_accounts (tenant_id, id)
);
select protect_tenant_table('journal_head_leaves');
grant select, insert on journal_head_leaves to tradesense_app;

-- The seal of a verdict's bundle: made once, when the bundle is first asked for, so that every copy of it is the same.
create table receipt_seals (
    tenant_id uuid not null references tenants,
    id uuid not null,
    digest text not null check (digest ~ '^[0-9a-f]{64}$'),
    key_id uuid not null,
    fingerprint text not null,
    signature text not null,
    sealed_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, id) references breaches (tenant_id, id),
    foreign key (tenant_id, key_id) references signing_keys (tenant_id, id)
);
select protect_tenant_table('receipt_seals');
grant select, insert on receipt_seals to tradesense_app;
