-- Orders that wait for a price, what watches over positions, and the figures of trades and days that reports need.

create table pending_orders (
    tenant_id uuid not null references tenants,
    account_id uuid not null,
    number int not null,
    -- The number of its command's first order: the legs of an OCO or a scaled order share it.
    group_number int not null,
    bond text not null check (bond in ('None', 'Oco', 'Scaled')),
    order_id text not null,
    symbol text not null,
    side text not null check (side in ('Buy', 'Sell')),
    lots numeric not null check (lots > 0),
    kind text not null check (kind in ('Limit', 'Stop', 'StopLimit')),
    price numeric not null,
    limit_price numeric,
    is_triggered boolean not null,
    stop_loss numeric,
    take_profit numeric,
    guards jsonb,
    expiry text not null check (expiry in ('GoodTillCancelled', 'Day', 'Until')),
    until timestamptz,
    expires_at timestamptz,
    placed_at timestamptz not null,
    primary key (tenant_id, account_id, number),
    foreign key (tenant_id, account_id) references trading_accounts (tenant_id, id)
) with (fillfactor = 80);
select protect_tenant_table('pending_orders');
select open_to_engine('pending_orders');
grant select on pending_orders to tradesense_app;
grant select, insert, update, delete on pending_orders to tradesense_engine;

alter table trading_accounts add column last_order_number int not null default 0, add column day_margin_high numeric not null default 0;

-- guards: trailing stop, breakeven, time stop. worst and best: closing prices while open, brought up to date whenever the row is written.
alter table positions add column guards jsonb, add column worst numeric, add column best numeric, add column margin_high numeric not null default 0;

-- Adverse and favourable excursion of the lots closed, as prices and in account currency at the close's conversion; the most margin the position bound.
alter table trades add column worst numeric, add column best numeric, add column worst_profit numeric, add column best_profit numeric,
    add column margin_high numeric not null default 0;

alter table day_snapshots add column previous_margin_high numeric not null default 0;
