-- How many shards the accounts are spread over, for every process alike; and where a shard's owner is reached.

create table engine_layout (
    is_only boolean primary key default true check (is_only),
    shards int not null check (shards between 1 and 256)
);
grant select, insert, update on engine_layout to tradesense_engine;
grant select on engine_layout to tradesense_app, tradesense_audit;

-- An installation that has shards keeps its spread until it is told another.
insert into engine_layout (shards) select count(*) from engine_shards where shard < 1000 having count(*) > 0;

-- Host and port at which the owner's process takes commands for this shard; empty when it takes none from elsewhere.
alter table engine_shards add column address text not null default '';

-- Takes a shard whose lease has run out, which nobody ever held, or whose owner (in the epoch named) is known to be dead; null while somebody holds it.
-- A shard is only taken by whoever knows the spread: SQLSTATE TS002 tells that it has changed.
create function take_shard(number int, new_owner text, new_address text, lease interval, spread int, dead_epoch bigint) returns bigint language plpgsql as
$$
declare held bigint;
begin
    if number < 1000 then
        perform 1 from engine_layout where shards = spread for share;
        if not found then
            raise exception 'the accounts are no longer spread over % shards', spread using errcode = 'TS002';
        end if;
    end if;
    insert into engine_shards (shard, owner, epoch, leased_until) values (number, '', 0, '-infinity') on conflict (shard) do nothing;
    update engine_shards set owner = new_owner, address = new_address, epoch = epoch + 1, leased_until = clock_timestamp() + lease, must_reload = false
    where shard = number and (leased_until < clock_timestamp() or epoch = dead_epoch)
    returning epoch into held;
    return held;
end
$$;

-- Before there was a layout all accounts were in shard 0; a program of that time may go on as long as that is so.
create or replace function take_shard(number int, new_owner text, lease interval) returns bigint language sql as
$$
    select take_shard(number, new_owner, '', lease, 1, null)
$$;

-- Spreads the accounts anew. The caller holds every shard in the epochs given and has brought all of them to the same quotes and the same instant.
create function spread_shards(old_spread int, new_spread int, held_epochs bigint[]) returns void language plpgsql as
$$
declare reached timestamptz;
begin
    perform 1 from engine_layout where shards = old_spread for update;
    if not found then
        raise exception 'the accounts are no longer spread over % shards', old_spread using errcode = 'TS002';
    end if;
    perform 1 from engine_shards where shard < old_spread order by shard for update;
    if (select array_agg(epoch order by shard) from engine_shards where shard < old_spread) is distinct from held_epochs then
        raise exception 'a shard was taken by another process' using errcode = 'TS001';
    end if;
    if (select count(distinct engine_now) from engine_shards where shard < old_spread) > 1 then
        raise exception 'the shards stand at different instants';
    end if;

    select max(engine_now) into reached from engine_shards where shard < old_spread;
    insert into engine_shards (shard, owner, epoch, leased_until) select n, '', 0, '-infinity' from generate_series(0, new_spread - 1) as n on conflict (shard) do nothing;
    update engine_shards set epoch = epoch + 1, leased_until = '-infinity', address = '', engine_now = reached where shard < greatest(old_spread, new_spread);
    insert into shard_quotes (shard, symbol, at, bid, ask)
    select n, q.symbol, q.at, q.bid, q.ask
    from generate_series(0, new_spread - 1) as n
    cross join (select distinct on (symbol) symbol, at, bid, ask from shard_quotes where shard < old_spread order by symbol, at desc) q
    on conflict (shard, symbol) do update set at = excluded.at, bid = excluded.bid, ask = excluded.ask;
    update engine_layout set shards = new_spread;
end
$$;
