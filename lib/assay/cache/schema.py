"""The tables of a snapshot, and how rows from a source become them.

Inside a snapshot a run is a small number (`run`), and so is the name of a param, metric or tag (`key`, named in
`keys`): reading all values of a key then touches only that key's rows. So is a dataset (`datasets`), which many runs
share.
"""

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa

# Signatures are made with DuckDB's hash(), which may differ between versions: another format is no cache at all.
FORMAT = f"3-{duckdb.__version__}"
KINDS = ("params", "metrics", "tags")

# One param's or metric's share in a signature, `name_hash` from `keys`; shares are joined by xor, so that order does
# not matter. hash(a, b) is linear in its parts and swapped values would cancel out: it is hashed once more.
PAIR = "hash(hash(name_hash, value))"

# A table this small is read whole anyway, and not worth sorting.
_ROW_GROUP = 122_880

_RUNS = """
CREATE TABLE {into}.runs AS
SELECT n.run, r.run_id, coalesce(r.name, '') AS name, r.experiment_id, r.status, r.lifecycle_stage, r.start_time,
       r.end_time, coalesce(r.artifact_uri, '') AS artifact_uri, r.user_id, coalesce(parent.value, '') AS parent_run_id,
       coalesce(p.pairs, 0) AS param_signature, coalesce(m.pairs, 0) AS metric_signature,
       coalesce(m.count, 0)::INTEGER AS metric_count,
       hash(r.run_id, r.name, r.experiment_id, r.status, r.lifecycle_stage, r.start_time, r.end_time,
            r.artifact_uri, r.user_id, coalesce(p.pairs, 0), coalesce(m.whole, 0), coalesce(t.pairs, 0),
            coalesce(i.pairs, 0)) AS content
FROM source_runs r JOIN numbered n USING (run_id)
LEFT JOIN (SELECT run, bit_xor({pair}) AS pairs
           FROM {into}.params JOIN {into}.keys USING (key) GROUP BY run) p USING (run)
LEFT JOIN (SELECT run, bit_xor({pair}) AS pairs, bit_xor(hash(hash(name_hash, value, step, timestamp))) AS whole,
                  count(*) AS count
           FROM {into}.metrics JOIN {into}.keys USING (key) GROUP BY run) m USING (run)
LEFT JOIN (SELECT run, bit_xor({pair}) AS pairs
           FROM {into}.tags JOIN {into}.keys USING (key) GROUP BY run) t USING (run)
LEFT JOIN (SELECT run, bit_xor(hash(hash(content, context))) AS pairs
           FROM {into}.inputs JOIN {into}.datasets USING (dataset) GROUP BY run) i USING (run)
LEFT JOIN (SELECT run, value FROM {into}.tags JOIN {into}.keys USING (key)
           WHERE name = 'mlflow.parentRunId') parent USING (run)
ORDER BY n.run
"""


def build(
    connection: duckdb.DuckDBPyConnection, into: str, tables: Mapping[str, pa.Table | pa.RecordBatchReader]
) -> None:
    """Fills the empty database attached as `into`; `tables` as in `Extract`, each read once.

    Rows of runs that are not among the runs are dropped, and of a run given twice the first is kept.
    """
    given = {name: table.read_all() if hasattr(table, "read_all") else table for name, table in tables.items()}
    runs = _first(given["runs"], ["run_id"])
    twice = len(runs) < len(given["runs"])
    connection.register("source_runs", runs)
    connection.register("source_experiments", _first(given["experiments"], ["experiment_id"]))
    # One transaction: every one of its own would wait for the disk.
    connection.execute("BEGIN")
    connection.execute(f"CREATE TABLE {into}.experiments AS FROM source_experiments ORDER BY experiment_id")
    connection.execute(f"CREATE TABLE {into}.keys (key INTEGER, kind VARCHAR, name VARCHAR, name_hash UBIGINT)")
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE numbered AS
        SELECT run_id, (row_number() OVER (ORDER BY start_time DESC NULLS LAST, run_id))::INTEGER AS run
        FROM source_runs"""
    )
    for kind in KINDS:
        _values(connection, into, kind, _first(given[kind], ["run_id", "key"]) if twice else given[kind])
    _inputs(
        connection,
        into,
        given["datasets"],
        _first(given["inputs"], ["run_id", "dataset"]) if twice else given["inputs"],
    )
    connection.execute(_RUNS.format(into=into, pair=PAIR))
    connection.execute("COMMIT")


def _values(connection: duckdb.DuckDBPyConnection, into: str, kind: str, rows: pa.Table) -> None:
    names = rows["key"].combine_chunks().dictionary_encode()
    connection.register("names", pa.table({"name": names.dictionary, "number": range(len(names.dictionary))}))
    place = rows.schema.get_field_index("key")
    connection.register("rows", rows.set_column(place, "number", names.indices))
    [(first,)] = connection.execute(f"SELECT 1 + count(*) FROM {into}.keys").fetchall()
    connection.execute(f"INSERT INTO {into}.keys SELECT {first} + number, ?, name, hash(name) FROM names", [kind])
    connection.execute(
        f"""CREATE TABLE {into}.{kind} AS
        SELECT {first} + v.number AS key, n.run, v.* EXCLUDE (run_id, number)
        FROM rows v JOIN numbered n USING (run_id) {"ORDER BY 1, 2" if len(rows) > _ROW_GROUP else ""}"""
    )


def _inputs(connection: duckdb.DuckDBPyConnection, into: str, datasets: pa.Table, inputs: pa.Table) -> None:
    connection.register("source_datasets", datasets)
    connection.register("source_inputs", inputs)
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE given AS
        SELECT *, hash(name, digest, source_type, source, rows) AS content FROM source_datasets"""
    )
    connection.execute(
        f"""CREATE TABLE {into}.datasets AS SELECT row_number() OVER ()::INTEGER AS dataset, *
        FROM (SELECT DISTINCT * EXCLUDE (dataset) FROM given)"""
    )
    connection.execute(
        f"""CREATE TABLE {into}.inputs AS SELECT n.run, d.dataset, i.context
        FROM source_inputs i JOIN numbered n USING (run_id) JOIN given g ON g.dataset = i.dataset
        JOIN {into}.datasets d USING (content) ORDER BY n.run"""
    )


def _first(table: pa.Table, columns: Sequence[str]) -> pa.Table:
    """The table without rows that repeat the values of `columns`."""
    repeated = table.select(columns).to_pandas().duplicated().to_numpy()
    return table.filter(pa.array(~repeated)) if repeated.any() else table


def merge(connection: duckdb.DuckDBPyConnection, into: str, incoming: str) -> None:
    """Replaces in `into` what `incoming` holds differently, and drops the runs named in the table `gone`."""
    connection.execute(
        f"""CREATE TEMP TABLE replaced AS
        SELECT i.run AS incoming, row_number() OVER (ORDER BY i.run)
               + (SELECT coalesce(max(run), 0) FROM {into}.runs) AS run
        FROM {incoming}.runs i ANTI JOIN {into}.runs o ON o.run_id = i.run_id AND o.content = i.content"""
    )
    connection.execute(
        f"""CREATE TEMP TABLE leaving AS SELECT run FROM {into}.runs WHERE run_id IN (SELECT run_id FROM gone)
        OR run_id IN (SELECT run_id FROM {incoming}.runs SEMI JOIN replaced r ON r.incoming = runs.run)"""
    )
    connection.execute(
        f"""INSERT INTO {into}.keys
        SELECT (SELECT coalesce(max(key), 0) FROM {into}.keys) + row_number() OVER (ORDER BY key), kind, name,
               name_hash
        FROM {incoming}.keys ANTI JOIN {into}.keys o USING (kind, name)"""
    )
    for kind in KINDS:
        connection.execute(f"DELETE FROM {into}.{kind} WHERE run IN (FROM leaving)")
        connection.execute(
            f"""INSERT INTO {into}.{kind} SELECT k.key, r.run, v.* EXCLUDE (key, run)
            FROM {incoming}.{kind} v JOIN replaced r ON r.incoming = v.run
            JOIN {incoming}.keys n ON n.key = v.key JOIN {into}.keys k ON k.kind = n.kind AND k.name = n.name
            ORDER BY k.key, r.run"""
        )
    connection.execute(
        f"""INSERT INTO {into}.datasets
        SELECT (SELECT coalesce(max(dataset), 0) FROM {into}.datasets) + row_number() OVER (), * EXCLUDE (dataset)
        FROM {incoming}.datasets ANTI JOIN {into}.datasets o USING (content)"""
    )
    connection.execute(f"DELETE FROM {into}.inputs WHERE run IN (FROM leaving)")
    connection.execute(
        f"""INSERT INTO {into}.inputs SELECT r.run, k.dataset, v.context
        FROM {incoming}.inputs v JOIN replaced r ON r.incoming = v.run JOIN {incoming}.datasets n USING (dataset)
        JOIN {into}.datasets k ON k.content = n.content ORDER BY r.run"""
    )
    connection.execute(f"DELETE FROM {into}.runs WHERE run IN (FROM leaving)")
    connection.execute(
        f"""INSERT INTO {into}.runs SELECT r.run, i.* EXCLUDE (run)
        FROM {incoming}.runs i JOIN replaced r ON r.incoming = i.run"""
    )
    connection.execute(f"CREATE OR REPLACE TABLE {into}.experiments AS FROM {incoming}.experiments")
