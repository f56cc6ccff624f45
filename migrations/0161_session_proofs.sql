-- When the person of a session last showed the password again: what is most private opens only within minutes of it.
alter table sessions add column proved_at timestamptz;
