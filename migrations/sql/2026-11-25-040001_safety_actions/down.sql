drop table safety_action_told, safety_action_step, safety_action;
