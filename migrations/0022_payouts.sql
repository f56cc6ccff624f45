-- Payouts: what a trader asked for, where it stands, and where the money goes.

create table payouts (
    tenant_id uuid not null references tenants,
    id uuid not null,
    number bigint not null,
    idempotency_key uuid not null,
    user_id uuid not null,
    account_id uuid not null,
    challenge_id uuid not null,
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    -- What leaves the trading account, the trader's percentage of it, and what the trader receives.
    profit numeric not null check (profit > 0 and profit < 1e12),
    split numeric not null check (split > 0 and split <= 100),
    amount numeric not null check (amount > 0 and amount <= profit),
    status text not null check (status in ('Requested', 'AwaitingDecision', 'Approved', 'Paid', 'Rejected', 'Refused')),
    holder text not null,
    -- IBAN or account number, sealed; only its last four characters stand in the clear.
    destination bytea not null,
    destination_end text not null,
    requested_at timestamptz not null,
    due_at timestamptz not null,
    warned_at timestamptz,
    overdue_told_at timestamptz,
    decided_at timestamptz,
    decided_by uuid,
    reason text,
    paid_at timestamptz,
    reference text,
    primary key (tenant_id, id),
    unique (tenant_id, number),
    unique (tenant_id, user_id, idempotency_key),
    foreign key (tenant_id, user_id) references users (tenant_id, id),
    foreign key (tenant_id, decided_by) references users (tenant_id, id),
    check ((status = 'Paid') = (paid_at is not null)),
    check ((status in ('Rejected', 'Refused')) = (reason is not null))
);
-- Of one account one payout at a time, however many ask at once.
create unique index payouts_one_open on payouts (tenant_id, account_id) where status in ('Requested', 'AwaitingDecision', 'Approved');
create index payouts_by_user on payouts (tenant_id, user_id, requested_at desc);
create index payouts_by_status on payouts (tenant_id, status, due_at);
select protect_tenant_table('payouts');
grant select, insert, update on payouts to tradesense_app;
-- The auditor checks amounts, not where people bank.
revoke select on payouts from tradesense_audit;
grant select (tenant_id, id, number, user_id, account_id, challenge_id, currency, profit, split, amount, status, requested_at, due_at, warned_at, overdue_told_at,
    decided_at, decided_by, reason, paid_at, reference) on payouts to tradesense_audit;
