-- Which master key wraps a data key. What is sealed under the data key stays as it is when the master key is changed: only these few rows are wrapped anew.
alter table data_keys add column key_version smallint not null default 1 check (key_version > 0);
