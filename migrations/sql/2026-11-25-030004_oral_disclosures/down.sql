drop table oral_disclosure;
