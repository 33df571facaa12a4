drop table meeting_attendance;
drop table meeting_seat;
