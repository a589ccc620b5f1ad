-- Filters of the tree that somebody saved under a name.
CREATE TABLE saved_view (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    owner UUID NOT NULL,
    shared BOOLEAN NOT NULL,
    name TEXT NOT NULL,
    -- What an address of the tree has after the question mark.
    query TEXT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, owner) REFERENCES person (workspace_id, id)
);
