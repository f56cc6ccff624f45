-- Which request or job promised a message: its log lines and those of the handler carry the same trace id.
alter table outbox_messages add column trace_id text check (trace_id ~ '^[0-9a-f]{32}$');
