-- What people say about an objective or a key result.
CREATE TABLE comment (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    node UUID NOT NULL,
    text TEXT NOT NULL,
    by_person UUID,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, node) REFERENCES node (workspace_id, id),
    FOREIGN KEY (workspace_id, by_person) REFERENCES person (workspace_id, id)
);
CREATE INDEX comment_node ON comment (workspace_id, node, at);
