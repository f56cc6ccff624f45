-- An overturn whose account could not be reinstated is tried again: with the balance two people agreed on, or with another that two people agree on.

alter table appeals
    add column attempts int not null default 0 check (attempts >= 0),
    add column retry_balance numeric check (retry_balance > 0 and retry_balance < 1e15),
    add column retry_by uuid,
    add constraint appeals_retry_by foreign key (tenant_id, retry_by) references users (tenant_id, id),
    add constraint appeals_retry_is_whole check ((retry_by is null) = (retry_balance is null)),
    add constraint appeals_retry_is_not_own check (retry_by is distinct from user_id);
