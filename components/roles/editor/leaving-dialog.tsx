import type { LeaveGuard } from "@/components/policies/page/use-leave-guard";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";

/** Something is typed and not saved, and somebody is about to go. */
export function LeavingDialog({ guard: { wanted, stay, leave } }: { readonly guard: LeaveGuard }) {
  return (
    <Dialog
      open={wanted !== undefined}
      onOpenChange={(isOpen) => !isOpen && stay()}
      title="Leave without saving?"
      lead="What you typed is only on this page."
      foot={
        <>
          <DialogClose>
            <Button>Stay here</Button>
          </DialogClose>
          <Button variant="danger" onClick={leave}>
            Leave without saving
          </Button>
        </>
      }
    />
  );
}
