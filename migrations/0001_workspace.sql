-- The workspace as it is now, and the log of how it came to be so.
-- One dialect that SQLite and PostgreSQL both accept. `workspace_id` comes first in every key.

CREATE TABLE workspace (
    id UUID NOT NULL PRIMARY KEY,
    -- Which of the database's workspaces this is; the first is 1. Two processes cannot both make it.
    place BIGINT NOT NULL UNIQUE,
    -- The number of the last change. Whoever updates it holds the workspace until the transaction ends.
    seq BIGINT NOT NULL CHECK (seq >= 0),
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    pace_on_track BIGINT NOT NULL CHECK (pace_on_track BETWEEN 0 AND 100),
    pace_behind BIGINT NOT NULL CHECK (pace_behind BETWEEN pace_on_track AND 100),
    aspiration TEXT NOT NULL,
    where_to_play TEXT NOT NULL,
    how_to_win TEXT NOT NULL,
    assumptions TEXT NOT NULL,
    example BOOLEAN NOT NULL
);

CREATE TABLE team (
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    id UUID NOT NULL,
    name TEXT NOT NULL,
    parent UUID,
    rhythm TEXT NOT NULL CHECK (rhythm IN ('weekly', 'every_two_weeks', 'monthly')),
    -- Days from Monday.
    weekday BIGINT NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, name),
    FOREIGN KEY (workspace_id, parent) REFERENCES team (workspace_id, id),
    CHECK (parent <> id)
);

CREATE TABLE person (
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    id UUID NOT NULL,
    name TEXT NOT NULL,
    email TEXT,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'member', 'admin')),
    PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX person_email ON person (workspace_id, lower(email));

CREATE TABLE person_team (
    workspace_id UUID NOT NULL,
    person UUID NOT NULL,
    position BIGINT NOT NULL,
    team UUID NOT NULL,
    PRIMARY KEY (workspace_id, person, team),
    FOREIGN KEY (workspace_id, person) REFERENCES person (workspace_id, id),
    FOREIGN KEY (workspace_id, team) REFERENCES team (workspace_id, id)
);

CREATE TABLE cycle (
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    id UUID NOT NULL,
    name TEXT NOT NULL,
    -- Years of four digits, so that SQLite, which keeps dates as text, compares them as dates.
    first_day DATE CHECK (first_day BETWEEN '0001-01-01' AND '9999-12-31'),
    last_day DATE CHECK (last_day BETWEEN first_day AND '9999-12-31'),
    phase TEXT NOT NULL CHECK (phase IN ('draft', 'active', 'review', 'closed')),
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, name),
    CHECK ((first_day IS NULL) = (last_day IS NULL))
);

-- A place in the tree. Objectives and key results share one space of ids, and hang under each other.
CREATE TABLE node (
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('objective', 'key_result')),
    table_id TEXT,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, table_id)
);

CREATE TABLE objective (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    owner UUID,
    cycle UUID,
    parent UUID,
    -- Where it stands among its siblings.
    rank JSONB NOT NULL,
    company BOOLEAN NOT NULL,
    stance TEXT NOT NULL CHECK (stance IN ('committed', 'aspirational')),
    state TEXT NOT NULL CHECK (state IN ('draft', 'proposed', 'agreed', 'closed', 'dropped')),
    weight BIGINT NOT NULL CHECK (weight BETWEEN 0 AND 1000),
    counts TEXT NOT NULL CHECK (counts IN ('both', 'key_results', 'aligned')),
    closing JSONB,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, id) REFERENCES node (workspace_id, id),
    FOREIGN KEY (workspace_id, owner) REFERENCES person (workspace_id, id),
    FOREIGN KEY (workspace_id, cycle) REFERENCES cycle (workspace_id, id),
    FOREIGN KEY (workspace_id, parent) REFERENCES node (workspace_id, id),
    CHECK (parent <> id)
);

CREATE TABLE objective_team (
    workspace_id UUID NOT NULL,
    objective UUID NOT NULL,
    position BIGINT NOT NULL,
    team UUID NOT NULL,
    PRIMARY KEY (workspace_id, objective, team),
    FOREIGN KEY (workspace_id, objective) REFERENCES objective (workspace_id, id),
    FOREIGN KEY (workspace_id, team) REFERENCES team (workspace_id, id)
);

CREATE TABLE objective_support (
    workspace_id UUID NOT NULL,
    objective UUID NOT NULL,
    position BIGINT NOT NULL,
    supported UUID NOT NULL,
    PRIMARY KEY (workspace_id, objective, supported),
    FOREIGN KEY (workspace_id, objective) REFERENCES objective (workspace_id, id),
    FOREIGN KEY (workspace_id, supported) REFERENCES objective (workspace_id, id),
    CHECK (supported <> objective)
);

CREATE TABLE key_result (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    objective UUID NOT NULL,
    -- Where it stands among the key results of its objective.
    rank JSONB NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    owner UUID,
    team UUID,
    measure_kind TEXT NOT NULL
        CHECK (measure_kind IN ('reach', 'at_least', 'at_most', 'between', 'milestones', 'graded')),
    measure JSONB NOT NULL,
    unit TEXT NOT NULL,
    weight BIGINT NOT NULL CHECK (weight BETWEEN 0 AND 1000),
    driven_by TEXT NOT NULL CHECK (driven_by IN ('check_ins', 'aligned')),
    closing JSONB,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, id) REFERENCES node (workspace_id, id),
    FOREIGN KEY (workspace_id, objective) REFERENCES objective (workspace_id, id),
    FOREIGN KEY (workspace_id, owner) REFERENCES person (workspace_id, id),
    FOREIGN KEY (workspace_id, team) REFERENCES team (workspace_id, id)
);

CREATE TABLE check_in (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    key_result UUID NOT NULL,
    -- The change that brought it: the order of recording.
    seq BIGINT NOT NULL,
    table_id TEXT,
    -- Exactly one of the three is the value.
    number DOUBLE PRECISION,
    steps JSONB,
    grade TEXT CHECK (grade IN ('none', 'commit', 'target', 'stretch')),
    confidence BIGINT CHECK (confidence BETWEEN 0 AND 10),
    note TEXT NOT NULL,
    by_person UUID,
    at TIMESTAMPTZ NOT NULL,
    day DATE NOT NULL,
    replaces UUID,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, key_result) REFERENCES key_result (workspace_id, id),
    FOREIGN KEY (workspace_id, by_person) REFERENCES person (workspace_id, id),
    FOREIGN KEY (workspace_id, replaces) REFERENCES check_in (workspace_id, id),
    CHECK (
        CASE WHEN number IS NULL THEN 0 ELSE 1 END + CASE WHEN steps IS NULL THEN 0 ELSE 1 END
        + CASE WHEN grade IS NULL THEN 0 ELSE 1 END = 1
    )
);
CREATE INDEX check_in_key_result ON check_in (workspace_id, key_result, seq);

CREATE TABLE initiative (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    key_result UUID NOT NULL,
    title TEXT NOT NULL,
    owner UUID,
    done BOOLEAN NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, key_result) REFERENCES key_result (workspace_id, id),
    FOREIGN KEY (workspace_id, owner) REFERENCES person (workspace_id, id)
);

CREATE TABLE kpi (
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    id UUID NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    healthy_low DOUBLE PRECISION,
    healthy_high DOUBLE PRECISION,
    owner UUID,
    team UUID,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, owner) REFERENCES person (workspace_id, id),
    FOREIGN KEY (workspace_id, team) REFERENCES team (workspace_id, id),
    CHECK (healthy_low <= healthy_high)
);

CREATE TABLE kpi_reading (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    kpi UUID NOT NULL,
    -- The change that brought it: the order of recording.
    seq BIGINT NOT NULL,
    number DOUBLE PRECISION NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    by_person UUID,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, kpi) REFERENCES kpi (workspace_id, id),
    FOREIGN KEY (workspace_id, by_person) REFERENCES person (workspace_id, id)
);

-- What was. Rows are only ever added, and stand by themselves: what they name may be gone.
CREATE TABLE change_log (
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    -- From 1, without gaps, in the order of commitment.
    seq BIGINT NOT NULL CHECK (seq > 0),
    at TIMESTAMPTZ NOT NULL,
    -- Null: the command line.
    by_person UUID,
    mutation_id UUID NOT NULL,
    -- The objective or key result that it is about, else the thing itself.
    about UUID NOT NULL,
    -- The field that became another; null where the whole thing came or went.
    field TEXT,
    change JSONB NOT NULL,
    PRIMARY KEY (workspace_id, seq)
);
CREATE INDEX change_log_about ON change_log (workspace_id, about, seq);

-- Submissions that were carried out, so that none is carried out twice.
CREATE TABLE mutation (
    workspace_id UUID NOT NULL REFERENCES workspace (id),
    mutation_id UUID NOT NULL,
    -- SHA-256 of who wanted what, in base64.
    body TEXT NOT NULL,
    -- The answer: the last change that it brought, or the last one before it where it brought none.
    seq BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, mutation_id)
);
