// Serves MongoDB's wire protocol from files of SQLite, for the tests: FerretDB inside one small program.
// Arguments: the address to listen on, and the folder that keeps the data.
package main

import (
	"context"
	"log"
	"os"
	"os/signal"
	"syscall"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: server ADDRESS FOLDER")
	}
	address, folder := os.Args[1], os.Args[2]

	server, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{TCP: address},
		Handler:   "sqlite",
		SQLiteURL: "file:" + folder + "/",
	})
	if err != nil {
		log.Fatal(err)
	}

	untilStopped, release := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer release()
	if err := server.Run(untilStopped); err != nil {
		log.Fatal(err)
	}
}
