-- Wrong prices do not only end accounts: they pause them for a day, and they raise floors that outlive the incident.
alter table incident_accounts drop constraint incident_accounts_touch_check;
alter table incident_accounts add constraint incident_accounts_touch_check check (touch in ('Verdict', 'Floor', 'Traded', 'Held', 'Refused'));
alter table incident_accounts drop constraint incident_accounts_remedy_check;
alter table incident_accounts add constraint incident_accounts_remedy_check check (remedy in ('None', 'PauseClocks', 'Reinstate', 'Resume', 'Credit'));
alter table incident_accounts add constraint incident_accounts_resumed_by_two
    check (status not in ('Confirmed', 'Done') or remedy <> 'Resume' or (proposed_by is not null and decided_by is not null and proposed_by <> decided_by));

-- The higher floor as it stands, and as it would be without the incident's quotes.
alter table incident_accounts add column wrong_floor numeric, add column sound_floor numeric;
