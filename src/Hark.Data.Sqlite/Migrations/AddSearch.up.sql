-- The words of signals, for full-text search. The index keeps no copy of the words (content='') and its rows have numbers; this table says which is whose.
CREATE TABLE search_documents (
    row_id INTEGER NOT NULL PRIMARY KEY,
    workspace_id BLOB NOT NULL,
    signal_id BLOB NOT NULL
);
-- Serves the indexer, which finds the row of a signal, and erasure of a workspace.
CREATE UNIQUE INDEX ix_search_documents_signal_id ON search_documents (workspace_id, signal_id);
-- Words come cut and folded, so the tokenizer only has to part them at spaces. Prefixes of 3 letters and more are the usual query.
CREATE VIRTUAL TABLE search_index USING fts5(words, content='', contentless_delete=1, tokenize='ascii', prefix='3 4');
-- Signals that were stored before there was an index.
INSERT INTO search_queue (workspace_id, signal_id) SELECT workspace_id, signal_id FROM verbatims WHERE true ON CONFLICT DO NOTHING;
