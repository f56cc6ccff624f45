-- What a news rule leaves out of the target is left out of the best day too: the part of it made in the current trading day.

alter table trading_accounts add column uncounted_today numeric not null default 0;
