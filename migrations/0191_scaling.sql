-- A funded account grows in place. Its frozen terms stay as they were bought; the size it has reached, and when, stand beside them.

alter table trading_accounts add column scaled_size numeric, add column scaled_at timestamptz,
    add check ((scaled_size is null) = (scaled_at is null)), add check (scaled_size > 0);

-- Paid payouts of an account are counted whenever its page is looked at.
create index payouts_paid_by_account on payouts (tenant_id, account_id) where status = 'Paid';
