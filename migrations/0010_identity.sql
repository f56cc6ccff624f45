-- People of a tenant (traders and staff), their sessions, one-time codes, and mail.

create table users (
    tenant_id uuid not null references tenants,
    id uuid not null,
    user_name text not null,
    normalized_user_name text not null,
    email text not null,
    normalized_email text not null,
    email_confirmed_at timestamptz,
    password_hash text not null,
    country text not null check (country ~ '^[A-Z]{2}$'),
    time_zone text,
    role text not null check (role in ('Trader', 'Owner', 'Support', 'Risk', 'Finance', 'PlatformStaff')),
    status text not null check (status in ('Active', 'Disabled')),
    failed_sign_ins int not null default 0,
    locked_until timestamptz,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, normalized_user_name),
    unique (tenant_id, normalized_email)
);
create index users_by_creation on users (tenant_id, created_at desc);
select protect_tenant_table('users');
grant select, insert, update on users to tradesense_app;

create table sessions (
    tenant_id uuid not null references tenants,
    id uuid not null,
    token_hash bytea not null,
    user_id uuid not null,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    signed_in_at timestamptz not null,
    ended_at timestamptz,
    address text,
    device text,
    primary key (tenant_id, id),
    unique (tenant_id, token_hash),
    foreign key (tenant_id, user_id) references users (tenant_id, id)
);
create index sessions_by_user on sessions (tenant_id, user_id);
select protect_tenant_table('sessions');
grant select, insert, update on sessions to tradesense_app;

create table email_codes (
    tenant_id uuid not null references tenants,
    id uuid not null,
    user_id uuid not null,
    purpose text not null,
    code_hash bytea not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    attempts int not null default 0,
    primary key (tenant_id, id),
    foreign key (tenant_id, user_id) references users (tenant_id, id)
);
create index email_codes_by_user on email_codes (tenant_id, user_id, purpose);
select protect_tenant_table('email_codes');
grant select, insert, update on email_codes to tradesense_app;

create table mails (
    tenant_id uuid not null references tenants,
    id uuid not null,
    recipient text not null,
    subject text not null,
    text_body text not null,
    html_body text not null,
    created_at timestamptz not null,
    sent_at timestamptz,
    primary key (tenant_id, id)
);
create index mails_newest on mails (tenant_id, created_at desc);
select protect_tenant_table('mails');
grant select, insert, update on mails to tradesense_app;

-- What a person is told inside the product.
create table notifications (
    tenant_id uuid not null references tenants,
    id uuid not null,
    user_id uuid not null,
    kind text not null,
    title text not null,
    body text not null,
    link text,
    created_at timestamptz not null,
    read_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, user_id) references users (tenant_id, id)
);
create index notifications_by_user on notifications (tenant_id, user_id, created_at desc);
select protect_tenant_table('notifications');
grant select, insert, update on notifications to tradesense_app;
