-- Payments that came but fit no order: each is kept until somebody of the firm lets it count or gives it back, and says why.

create table held_payments (
    tenant_id uuid not null references tenants,
    id uuid not null,
    -- Empty where the gateway named an order nobody placed.
    order_id uuid,
    gateway text not null,
    event_id text not null,
    reference text not null,
    -- The gateway's words, not ours: any currency, any fraction. What the ledger keeps is booked, the rest stands here only.
    amount numeric not null check (amount > -1e12 and amount < 1e12),
    currency text not null check (length(currency) <= 12),
    is_booked boolean not null,
    -- Why it is held: the code of a refusal.
    problem text not null,
    status text not null check (status in ('Held', 'Released', 'Refunded')),
    received_at timestamptz not null,
    decided_at timestamptz,
    decided_by uuid,
    decision_reason text,
    -- The gateway's own number of the refund.
    refund_reference text,
    primary key (tenant_id, id),
    unique (tenant_id, gateway, reference),
    foreign key (tenant_id, order_id) references orders (tenant_id, id),
    foreign key (tenant_id, decided_by) references users (tenant_id, id),
    check ((status = 'Held') = (decided_at is null)),
    check ((status = 'Held') = (decision_reason is null)),
    check ((status = 'Refunded') = (refund_reference is not null))
);
create index held_payments_by_status on held_payments (tenant_id, status, received_at);
select protect_tenant_table('held_payments');
grant select, insert, update on held_payments to tradesense_app;

-- What was really paid, where a firm let another amount count.
alter table orders add column paid_amount numeric check (paid_amount > 0 and paid_amount < 1e9);
alter table orders drop constraint orders_status_check;
alter table orders add constraint orders_status_check check (status in ('AwaitingPayment', 'Paid', 'Held', 'Refunded'));

alter table ledger_transfers drop constraint ledger_transfers_kind_check;
alter table ledger_transfers add constraint ledger_transfers_kind_check check (kind in ('Sale', 'UnmatchedReceipt', 'HeldRelease', 'PayoutReserve', 'PayoutPaid', 'Reversal'));
