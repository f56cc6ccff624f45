-- A run that cannot be worked out ends after some tries instead of being begun for ever; one of a living account can be worked out again as quotes move on.

alter table other_plan_runs add column attempts int not null default 0 check (attempts >= 0);
alter table other_plan_runs drop constraint other_plan_runs_status_check;
alter table other_plan_runs add constraint other_plan_runs_status_check check (status in ('Queued', 'Running', 'Done', 'NoQuotes', 'Failed'));
