-- Price alerts: a trader asks to be told when a symbol's bid reaches a price. The watcher reads those of all firms; each is fired once, by its own row.

create table price_alerts (
    tenant_id uuid not null references tenants,
    id uuid not null,
    user_id uuid not null,
    symbol text not null,
    kind text not null check (kind in ('Above', 'Below', 'Change')),
    -- What was asked: a price, or for Change a percent of the bid that stood when it was asked.
    wanted numeric not null check (wanted > 0),
    reference numeric not null check (reference > 0),
    -- What is watched.
    rises_to numeric,
    falls_to numeric,
    note text not null check (length(note) <= 120),
    by_mail boolean not null,
    status text not null check (status in ('Waiting', 'Fired')),
    created_at timestamptz not null,
    changed_at timestamptz not null,
    expires_at timestamptz not null,
    fired_at timestamptz,
    fired_price numeric,
    primary key (tenant_id, id),
    foreign key (tenant_id, user_id) references users (tenant_id, id),
    check (num_nonnulls(rises_to, falls_to) >= 1),
    check ((status = 'Fired') = (fired_at is not null and fired_price is not null))
);
create index price_alerts_of_user on price_alerts (tenant_id, user_id, status, created_at desc);
create index price_alerts_waiting on price_alerts (changed_at) where status = 'Waiting';
create index price_alerts_fired on price_alerts (tenant_id, user_id, fired_at) where status = 'Fired';
select protect_tenant_table('price_alerts');
select open_to_engine('price_alerts');
grant select, insert, update, delete on price_alerts to tradesense_app;
grant select on price_alerts to tradesense_engine;

-- The watcher hears of alerts that are new or changed, the pages' streams of whose alert was fired.
create function tell_price_alert() returns trigger language plpgsql as
$$ begin
    if new.status = 'Waiting' then perform pg_notify('price_alerts', '');
    else perform pg_notify('price_alerts_fired', new.user_id::text);
    end if;
    return null;
end $$;
create trigger price_alert_changed after insert or update on price_alerts for each row execute function tell_price_alert();

-- Up to when every crossing heard is written down: after a stop the watcher looks into the archive from there. One row.
create table alert_watch (
    one boolean primary key default true check (one),
    until timestamptz not null
);
grant select, insert, update on alert_watch to tradesense_engine;
grant select on alert_watch to tradesense_app, tradesense_audit;
