-- Spreads the people of Tend over a Citus cluster, each person's rows together on one worker. Run once, as the owner, on an
-- empty database that `pnpm db migrate` has just prepared with the extension in place:
--
--   create extension citus;  -- before the first migration, which then leaves row level security out
--
-- Not run: no cluster was at hand. docs/scaling.md says what is known and what is not.

-- Tend's triggers touch rows of the same person only, which is what this setting has one promise.
set citus.enable_unsafe_triggers to on;

-- Every session, account and token check begins with one person; sessions are found by their token, though, so the tables
-- of Better Auth stay whole on every node.
select create_reference_table('"user"');
select create_reference_table('session');
select create_reference_table('account');
select create_reference_table('verification');
select create_reference_table('rate_limit');
select create_reference_table('ended_session');

-- The primary keys begin with user_id, so they hold within a shard and need no other node. The foreign key to "user"
-- points at a reference table, which Citus allows.
select create_distributed_table('task', 'user_id');
select create_distributed_table('deleted_task', 'user_id', colocate_with => 'task');
select create_distributed_table('idempotency_key', 'user_id', colocate_with => 'task');
