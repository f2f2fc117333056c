/*
 * The server: libmicrohttpd on the loopback address, one thread a connection. It answers only what
 * asks for it by a loopback name and comes from its own page, and only GET and HEAD.
 */
#ifndef NC_SERVE_SERVER_H
#define NC_SERVE_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "serve/site.h"

typedef struct nc_server nc_server;

/* port 0: a free one. NULL with errno set when it cannot listen. The site is borrowed. */
nc_server *nc_server_start(const nc_site *site, uint16_t port);
uint16_t nc_server_port(const nc_server *server);
/* Tells every page that something changed. */
void nc_server_change(nc_server *server);
/* Ends all connections; accepts NULL. */
void nc_server_stop(nc_server *server);

#endif
