CREATE SCHEMA IF NOT EXISTS nonlinear;

-- Builds that share runs: those with the same code that compute the same bits.
CREATE TABLE IF NOT EXISTS nonlinear.builds
(
    queue text PRIMARY KEY,
    version text NOT NULL,
    code text NOT NULL,
    bits text NOT NULL
);

-- Data sets, by the SHA-256 of their bytes, in parts.
CREATE TABLE IF NOT EXISTS nonlinear.contents
(
    hash text NOT NULL,
    part integer NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (hash, part)
);

-- Runs that were asked for, and what came out of them.
CREATE TABLE IF NOT EXISTS nonlinear.runs
(
    queue text NOT NULL REFERENCES nonlinear.builds,
    key text NOT NULL,
    kind text NOT NULL,
    what text NOT NULL,
    asked timestamptz NOT NULL DEFAULT now(),
    job bigint,
    result text,
    worker text,
    seconds double precision,
    finished timestamptz,
    failures integer NOT NULL DEFAULT 0,
    failure text,
    PRIMARY KEY (queue, key)
);

CREATE INDEX IF NOT EXISTS runs_open ON nonlinear.runs (queue) WHERE result IS NULL;
