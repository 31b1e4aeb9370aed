-- The words of signals, for full-text search, as vectors written word by word (no dictionary of PostgreSQL's has a say).
CREATE TABLE IF NOT EXISTS search_documents (
    workspace_id uuid NOT NULL,
    signal_id uuid NOT NULL,
    words tsvector NOT NULL,
    CONSTRAINT pk_search_documents PRIMARY KEY (workspace_id, signal_id)
);
-- Serves words @@ query; the workspace is checked on the rows found.
CREATE INDEX IF NOT EXISTS ix_search_documents_words ON search_documents USING gin (words);
-- Signals that were stored before there was an index.
INSERT INTO search_queue (workspace_id, signal_id) SELECT workspace_id, signal_id FROM verbatims ON CONFLICT DO NOTHING;
