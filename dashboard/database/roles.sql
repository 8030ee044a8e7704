-- The two roles of the case database on PostgreSQL 14 or later.
--
-- Run it as a superuser, connected to the new and empty database, before the first import:
--     psql --dbname drive --file dashboard/database/roles.sql
-- then give each its password with \password drive_reader and \password drive_writer.
-- It may be run again.
--
-- drive_writer owns the tables: it makes and migrates them, loads records, and writes the trail
-- and settings (DRIVE_DATABASE_WRITE_URL). drive_reader reads for the screens and can change
-- nothing (DRIVE_DATABASE_URL).

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'drive_writer') THEN
        CREATE ROLE drive_writer LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'drive_reader') THEN
        CREATE ROLE drive_reader LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
    END IF;
    -- Nobody else may connect; intake keeps what it reads in temporary tables.
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format(
        'GRANT CONNECT, TEMPORARY ON DATABASE %I TO drive_writer', current_database()
    );
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO drive_reader', current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO drive_writer;
GRANT USAGE ON SCHEMA public TO drive_reader;

-- Tables that are there, and those that drive_writer will make.
GRANT SELECT ON ALL TABLES IN SCHEMA public TO drive_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE drive_writer IN SCHEMA public GRANT SELECT ON TABLES TO drive_reader;

-- The grants above are what holds; this refuses earlier and more plainly.
ALTER ROLE drive_reader SET default_transaction_read_only = on;
