-- Payouts above a firm's own limit take two people: the first approval is kept on the payout, the second one is the decision.

create table payout_limits (
    tenant_id uuid not null references tenants,
    -- The trader's share above which one person is not enough.
    amount numeric not null check (amount >= 0 and amount < 1e12),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    primary key (tenant_id)
);
select protect_tenant_table('payout_limits');
grant select, insert, update, delete on payout_limits to tradesense_app;

alter table payouts add column first_approved_by uuid;
alter table payouts add column first_approved_at timestamptz;
alter table payouts add constraint payouts_first_approver foreign key (tenant_id, first_approved_by) references users (tenant_id, id);
alter table payouts add constraint payouts_first_approval check ((first_approved_by is null) = (first_approved_at is null));
-- Maker and checker are two people, whatever a program says; whoever approved first may still reject.
alter table payouts add constraint payouts_two_people check (status not in ('Approved', 'Paid') or first_approved_by is null or first_approved_by <> decided_by);
grant select (first_approved_by, first_approved_at) on payouts to tradesense_audit;
