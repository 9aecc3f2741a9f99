package lists_test
import ("testing";"pkidstation/cmd/internal/lists";"pkidstation/queue";"pkidstation/queue/queuetest")
func TestZZ(t *testing.T){
	q, file := queuetest.Open(t), listFile(t, 100000)
	u:=peak(func(){
	_, err := lists.Import(t.Context(), q, file, lists.Options{Customer: contoso}, queue.Act{By: "Léa"})
	if err!=nil{t.Fatal(err)}})
	t.Log(u)
}
