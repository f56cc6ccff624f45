-- A process that joins gets its share of the shards while their owner lives: it wishes for one, the owner gives it back after its next commit, and for a moment nobody else may take it.
alter table engine_shards add column wanted_by text not null default '', add column wanted_until timestamptz not null default '-infinity';

-- Reserves the last shard of whoever holds at least two more than the wisher; null when nobody does. Shard 0, whose owner reads the feed, is the last to go.
create function wish_for_shard(wisher text) returns int language sql as
$$
    with held as (
        select owner, count(*) as shards, max(shard) as last from engine_shards
        where shard < (select shards from engine_layout) and leased_until >= clock_timestamp() group by owner
    )
    update engine_shards s set wanted_by = wisher, wanted_until = clock_timestamp() + interval '3 seconds'
    from (select * from held where owner <> wisher order by shards desc, owner limit 1) richest
    where s.shard = richest.last and s.owner = richest.owner and s.wanted_until < clock_timestamp()
        and richest.shards >= 2 + coalesce((select shards from held where owner = wisher), 0)
    returning s.shard
$$;

-- As before; the state must also be read again, and the lease with it given back, when another process wishes for the shard.
create or replace function hold_shard(number int, held_epoch bigint, reached timestamptz, lease interval) returns boolean language plpgsql as
$$
declare reload boolean;
begin
    update engine_shards set engine_now = coalesce(reached, engine_now), commits = commits + 1, leased_until = clock_timestamp() + lease
    where shard = number and epoch = held_epoch
    returning must_reload or wanted_until > clock_timestamp() into reload;
    if not found then
        raise exception 'shard % is no longer held in epoch %', number, held_epoch using errcode = 'TS001';
    end if;
    return reload;
end
$$;

-- As before, but for a shard that is wished for: until the wish has run out, only the wisher takes it.
create or replace function take_shard(number int, new_owner text, new_address text, lease interval, spread int, dead_epoch bigint) returns bigint language plpgsql as
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
    update engine_shards set owner = new_owner, address = new_address, epoch = epoch + 1, leased_until = clock_timestamp() + lease, must_reload = false, wanted_until = '-infinity'
    where shard = number and (leased_until < clock_timestamp() or epoch = dead_epoch) and (wanted_until < clock_timestamp() or wanted_by = new_owner)
    returning epoch into held;
    return held;
end
$$;
