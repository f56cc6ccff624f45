-- Keys by which a trader's own programs use the trading API. Only the hash of a key is kept.

create table api_keys (
    tenant_id uuid not null references tenants,
    id uuid not null,
    user_id uuid not null,
    name text not null check (length(name) between 1 and 60),
    key_hash bytea not null,
    -- The key's last letters, by which its owner recognises it.
    hint text not null,
    may_trade boolean not null,
    all_accounts boolean not null,
    accounts uuid[] not null default '{}',
    created_at timestamptz not null,
    expires_at timestamptz not null,
    last_used_at timestamptz,
    last_address text,
    revoked_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, key_hash),
    foreign key (tenant_id, user_id) references users (tenant_id, id)
);
create index api_keys_by_user on api_keys (tenant_id, user_id);
select protect_tenant_table('api_keys');
grant select, insert, update on api_keys to tradesense_app;
