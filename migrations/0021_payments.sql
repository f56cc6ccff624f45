-- What traders buy and how they pay: numbered documents, each firm's gateways, orders, and the built-in sandbox's own payment pages.

-- Gap-free numbers for documents people quote: orders, receipts, payouts.
create table document_numbers (
    tenant_id uuid not null references tenants,
    id uuid not null,
    series text not null,
    last_number bigint not null,
    primary key (tenant_id, id),
    unique (tenant_id, series)
);
select protect_tenant_table('document_numbers');
grant select, insert, update on document_numbers to tradesense_app;

create table payment_gateways (
    tenant_id uuid not null references tenants,
    id uuid not null,
    name text not null,
    is_enabled boolean not null,
    rank int not null,
    fee_percent numeric not null check (fee_percent >= 0 and fee_percent < 100),
    fee_fixed numeric not null check (fee_fixed >= 0 and fee_fixed < 1e6),
    -- What the gateway signs its webhooks with, sealed.
    secret bytea not null,
    primary key (tenant_id, id),
    unique (tenant_id, name)
);
select protect_tenant_table('payment_gateways');
grant select, insert, update on payment_gateways to tradesense_app;
-- A secret is nobody's to audit.
revoke select on payment_gateways from tradesense_audit;
grant select (tenant_id, id, name, is_enabled, rank, fee_percent, fee_fixed) on payment_gateways to tradesense_audit;

create table orders (
    tenant_id uuid not null references tenants,
    id uuid not null,
    number bigint not null,
    -- Made by the checkout page: sending the form twice is one order.
    checkout_key uuid not null,
    user_id uuid not null,
    model_version_id uuid not null,
    title text not null,
    size numeric not null check (size > 0 and size < 1e12),
    price numeric not null check (price > 0 and price < 1e9),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    status text not null check (status in ('AwaitingPayment', 'Paid', 'Held')),
    gateway text not null,
    session_id text,
    -- What the gateway last said about a payment that did not succeed, or why a payment is held.
    problem text,
    payment_reference text,
    receipt_number bigint,
    created_at timestamptz not null,
    paid_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, number),
    unique (tenant_id, receipt_number),
    unique (tenant_id, user_id, checkout_key),
    foreign key (tenant_id, user_id) references users (tenant_id, id),
    check ((status = 'Paid') = (paid_at is not null)),
    check ((status = 'Paid') = (receipt_number is not null))
);
create index orders_by_user on orders (tenant_id, user_id, created_at desc);
create index orders_by_status on orders (tenant_id, status, created_at desc);
select protect_tenant_table('orders');
grant select, insert, update on orders to tradesense_app;

-- The sandbox's side of a payment. Only the last four digits of a card are ever kept.
create table sandbox_sessions (
    tenant_id uuid not null references tenants,
    id uuid not null,
    token text not null,
    order_id uuid not null,
    order_number bigint not null,
    title text not null,
    amount numeric not null,
    currency text not null,
    status text not null check (status in ('Open', 'AwaitingConfirmation', 'Succeeded', 'NoAnswer')),
    card_last_four text check (card_last_four ~ '^[0-9]{4}$'),
    tries int not null default 0,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, token),
    foreign key (tenant_id, order_id) references orders (tenant_id, id)
);
select protect_tenant_table('sandbox_sessions');
grant select, insert, update on sandbox_sessions to tradesense_app;
