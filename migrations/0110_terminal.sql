-- What traders keep in the terminal: layouts, drawings, chart and order templates, keys and other settings.

create table terminal_items (
    tenant_id uuid not null references tenants,
    id uuid not null,
    user_id uuid not null,
    kind text not null check (kind in ('Workspace', 'Layout', 'ChartTemplate', 'Drawings', 'OrderTemplate', 'Settings')),
    name text not null check (length(name) between 1 and 60),
    -- Written by the terminal's own script and given back to it; the server never reads inside.
    body jsonb not null check (jsonb_typeof(body) = 'object'),
    changed_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, user_id, kind, name),
    foreign key (tenant_id, user_id) references users (tenant_id, id)
);
select protect_tenant_table('terminal_items');
grant select, insert, update, delete on terminal_items to tradesense_app;
