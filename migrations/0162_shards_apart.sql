-- A shard apart (a demo's, in the past) leaves nothing behind once its accounts are handed over, else the next one would begin where it ended.
grant delete on shard_quotes to tradesense_engine;
