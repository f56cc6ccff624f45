-- What the rules about numbers of trades and about news need to remember.

alter table trading_accounts add column trades_today int not null default 0, add column uncounted_profit numeric not null default 0;

-- The part of a trade's profit that a news rule leaves out of the target.
alter table trades add column uncounted numeric not null default 0;
