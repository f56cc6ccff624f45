-- Identity checks: one case per person, and the documents handed in, sealed before they reach the database.

create table kyc_cases (
    tenant_id uuid not null references tenants,
    id uuid not null,
    user_id uuid not null,
    status text not null check (status in ('Submitted', 'Approved', 'Rejected')),
    tier int not null default 0 check (tier between 0 and 4),
    round int not null default 1 check (round > 0),
    document_kind text not null check (document_kind in ('Passport', 'NationalId', 'DrivingLicence')),
    submitted_at timestamptz not null,
    decided_at timestamptz,
    decided_by uuid,
    reason text,
    primary key (tenant_id, id),
    unique (tenant_id, user_id),
    foreign key (tenant_id, user_id) references users (tenant_id, id),
    foreign key (tenant_id, decided_by) references users (tenant_id, id),
    check ((status = 'Submitted') = (decided_at is null)),
    check ((status = 'Rejected') = (reason is not null))
);
create index kyc_cases_by_status on kyc_cases (tenant_id, status, submitted_at);
select protect_tenant_table('kyc_cases');
grant select, insert, update on kyc_cases to tradesense_app;

create table kyc_documents (
    tenant_id uuid not null references tenants,
    id uuid not null,
    case_id uuid not null,
    round int not null,
    kind text not null check (kind in ('Passport', 'NationalId', 'DrivingLicence')),
    side text not null check (side in ('Front', 'Back')),
    format text not null check (format in ('Jpeg', 'Png', 'Pdf')),
    size int not null check (size > 0),
    sealed bytea not null,
    uploaded_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, case_id) references kyc_cases (tenant_id, id),
    unique (tenant_id, case_id, round, side)
);
select protect_tenant_table('kyc_documents');
-- Documents are evidence of a decision: they are added, never altered.
grant select, insert on kyc_documents to tradesense_app;
-- What is sealed is random bytes: compression would only cost.
alter table kyc_documents alter column sealed set storage external;
-- The auditor checks that documents exist, not what they hold.
revoke select on kyc_documents from tradesense_audit;
grant select (tenant_id, id, case_id, round, kind, side, format, size, uploaded_at) on kyc_documents to tradesense_audit;
