-- How people sign in. None of this is part of the log: it says nothing about the organisation's objectives.

CREATE TABLE account (
    workspace_id UUID NOT NULL,
    person UUID NOT NULL,
    -- Argon2id, as a PHC string.
    password_hash TEXT NOT NULL,
    PRIMARY KEY (workspace_id, person),
    FOREIGN KEY (workspace_id, person) REFERENCES person (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE session (
    workspace_id UUID NOT NULL,
    -- SHA-256 of the token that the browser holds, in base64.
    token_hash TEXT NOT NULL,
    person UUID NOT NULL,
    -- Begun without a password, as one of the example company's people.
    example BOOLEAN NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (workspace_id, token_hash),
    FOREIGN KEY (workspace_id, person) REFERENCES person (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX session_person ON session (workspace_id, person);
CREATE INDEX session_expires_at ON session (workspace_id, expires_at);

-- Links that let whoever has one choose a password, once.
CREATE TABLE set_up_link (
    workspace_id UUID NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
    -- SHA-256 of the token in the link, in base64.
    token_hash TEXT NOT NULL,
    -- Null: whoever becomes the first admin.
    person UUID,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (workspace_id, token_hash),
    FOREIGN KEY (workspace_id, person) REFERENCES person (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX set_up_link_person ON set_up_link (workspace_id, person);
