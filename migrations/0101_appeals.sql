-- Appeals against verdicts: what the trader says, how long the firm has, and who decided. One person upholds; an overturn takes two.

create table appeal_promises (
    tenant_id uuid not null references tenants,
    hours int not null check (hours between 1 and 336),
    primary key (tenant_id)
);
select protect_tenant_table('appeal_promises');
grant select, insert, update on appeal_promises to tradesense_app;

create table appeals (
    tenant_id uuid not null references tenants,
    id uuid not null,
    receipt_id uuid not null,
    account_id uuid not null,
    user_id uuid not null,
    status text not null check (status in ('Open', 'OverturnProposed', 'Upheld', 'Overturned')),
    grounds text not null check (length(grounds) between 20 and 2000),
    filed_at timestamptz not null,
    -- The promise as it stood when the appeal was filed.
    promised_hours int not null,
    due_at timestamptz not null,
    proposed_by uuid,
    proposed_at timestamptz,
    -- What the account would go on with.
    balance numeric check (balance > 0 and balance < 1e15),
    decided_by uuid,
    decided_at timestamptz,
    reason text,
    reinstated_at timestamptz,
    -- The engine's code, when it would not reinstate the account.
    failure text,
    warned_at timestamptz,
    overdue_told_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, receipt_id),
    foreign key (tenant_id, receipt_id) references breaches (tenant_id, id),
    foreign key (tenant_id, account_id) references trading_accounts (tenant_id, id),
    foreign key (tenant_id, user_id) references users (tenant_id, id),
    foreign key (tenant_id, proposed_by) references users (tenant_id, id),
    foreign key (tenant_id, decided_by) references users (tenant_id, id),
    check ((status in ('Upheld', 'Overturned')) = (decided_at is not null)),
    check (status = 'Open' or reason is not null),
    -- Maker and checker are two people, whatever a program says.
    check (status <> 'Overturned' or (proposed_by is not null and decided_by is not null and proposed_by <> decided_by)),
    check (user_id is distinct from decided_by and user_id is distinct from proposed_by)
);
create index appeals_by_status on appeals (tenant_id, status, due_at);
select protect_tenant_table('appeals');
grant select, insert, update on appeals to tradesense_app;
