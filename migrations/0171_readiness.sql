-- A process asks before it says that it is ready whether the database knows every migration the program was built with.
grant select on schema_migrations to tradesense_app;
