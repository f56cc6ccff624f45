-- What a tenant was last described as in a file: the same description at the next start changes nothing, so that what people changed in the consoles stays.
alter table tenants add column description_hash text check (description_hash ~ '^[0-9a-f]{64}$');
