#!/bin/bash
# Makes the database and the role that Tend uses. The role is no superuser: row level security binds it.
set -euo pipefail
psql --set ON_ERROR_STOP=1 --set password="$TEND_PASSWORD" --username postgres <<'SQL'
create role tend login password :'password' nosuperuser nobypassrls;
create database tend owner tend;
SQL
