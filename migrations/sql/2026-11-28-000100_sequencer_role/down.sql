-- The role itself stays: other databases of the cluster may use it.
revoke usage on schema public from filet_sequencer;
