#ifndef VALVE_H
#define VALVE_H

enum valve_state { VALVE_CLOSED, VALVE_OPEN, VALVE_STUCK };
enum motor_direction { MOTOR_OPEN, MOTOR_CLOSE };

int valve_open(void);
int valve_close(void);
void valve_watch(unsigned seconds_since_gateway);

void motor_run(enum motor_direction direction, unsigned milliseconds);
unsigned motor_peak_ma(void);

#endif
