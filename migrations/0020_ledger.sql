-- Double-entry money: accounts, transfers between them, and the postings a transfer consists of. Nobody changes or removes a row.

create table ledger_accounts (
    tenant_id uuid not null references tenants,
    id uuid not null,
    kind text not null check (kind in ('GatewayClearing', 'GatewayFees', 'Sales', 'UnmatchedReceipts', 'ProfitShare', 'PayoutPayable', 'Bank')),
    -- The gateway's name or the trader's id where a kind has one account each; empty for the firm's own.
    owner text not null,
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    created_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, kind, owner, currency),
    unique (tenant_id, id, currency)
);
select protect_tenant_table('ledger_accounts');
grant select, insert on ledger_accounts to tradesense_app;

create table ledger_transfers (
    tenant_id uuid not null references tenants,
    id uuid not null,
    idempotency_key text not null,
    -- SHA-256 of what was asked for: the same key may only ever mean the same content.
    fingerprint text not null,
    kind text not null check (kind in ('Sale', 'UnmatchedReceipt', 'PayoutReserve', 'PayoutPaid', 'Reversal')),
    subject text not null,
    description text not null,
    reverses_id uuid,
    posting_count int not null check (posting_count >= 2),
    at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, idempotency_key),
    unique (tenant_id, reverses_id),
    foreign key (tenant_id, reverses_id) references ledger_transfers (tenant_id, id),
    check ((kind = 'Reversal') = (reverses_id is not null))
);
create index ledger_transfers_by_subject on ledger_transfers (tenant_id, subject);
create index ledger_transfers_by_time on ledger_transfers (tenant_id, at);
select protect_tenant_table('ledger_transfers');
grant select, insert on ledger_transfers to tradesense_app;

-- Debits are positive, credits negative.
create table ledger_postings (
    tenant_id uuid not null references tenants,
    id uuid not null,
    transfer_id uuid not null,
    account_id uuid not null,
    amount numeric not null check (amount <> 0 and amount not in ('NaN', 'Infinity', '-Infinity')),
    currency text not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, transfer_id) references ledger_transfers (tenant_id, id),
    foreign key (tenant_id, account_id, currency) references ledger_accounts (tenant_id, id, currency)
);
create index ledger_postings_by_transfer on ledger_postings (tenant_id, transfer_id);
create index ledger_postings_by_account on ledger_postings (tenant_id, account_id);
select protect_tenant_table('ledger_postings');
grant select, insert on ledger_postings to tradesense_app;

-- The second of two locks (the code has the first): at the end of a transaction every transfer it touched has all its postings, no more were
-- added to an old one, and they sum to zero in each currency.
create function check_ledger_transfer(tenant uuid, transfer uuid) returns void language plpgsql as
$$
declare
    expected int;
    counted int;
    lopsided text;
begin
    select posting_count into expected from ledger_transfers where tenant_id = tenant and id = transfer;
    select count(*) into counted from ledger_postings where tenant_id = tenant and transfer_id = transfer;
    if expected is distinct from counted then
        raise exception 'ledger transfer % has % postings, not the % it was made with', transfer, counted, expected using errcode = 'check_violation';
    end if;

    select currency into lopsided from ledger_postings where tenant_id = tenant and transfer_id = transfer group by currency having sum(amount) <> 0 limit 1;
    if lopsided is not null then
        raise exception 'ledger transfer % does not sum to zero in %', transfer, lopsided using errcode = 'check_violation';
    end if;
end
$$;

create function check_ledger_transfer_row() returns trigger language plpgsql as
$$ begin perform check_ledger_transfer(new.tenant_id, new.id); return null; end $$;

create function check_ledger_posting_row() returns trigger language plpgsql as
$$ begin perform check_ledger_transfer(new.tenant_id, new.transfer_id); return null; end $$;

create constraint trigger ledger_transfer_balanced after insert on ledger_transfers
    deferrable initially deferred for each row execute function check_ledger_transfer_row();
create constraint trigger ledger_posting_balanced after insert on ledger_postings
    deferrable initially deferred for each row execute function check_ledger_posting_row();
